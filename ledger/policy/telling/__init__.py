"""What the office tells people and hears from them, by its policy: notices, alerts, chases, mail, Open311."""
