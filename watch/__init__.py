"""值守: what keeps the running system in sight and calm: request ids, logs, last-resort answers, health."""
