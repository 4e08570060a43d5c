"""The pages of the service: its settings, its rules, how promises were kept."""
