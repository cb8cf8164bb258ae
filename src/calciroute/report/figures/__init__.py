"""Pictures, one question each: drawn once, shown in light, dark and grey print."""
