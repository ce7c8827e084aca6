"""码: the door on the wall — posters, the page a poster's code opens, and WeChat's own codes."""
