"""The door in WeChat: the conversation with the official account."""
