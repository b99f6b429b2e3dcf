"""The conversation side of each journey: rasa-sdk custom actions, one module per journey."""
