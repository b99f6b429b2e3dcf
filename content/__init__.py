"""What is told, where it is kept, and how it is found. Knows nothing of Rasa, Telegram or the web."""
