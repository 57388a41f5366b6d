"""The commands of `cancu`, by what they are for."""
