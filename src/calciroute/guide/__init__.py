"""What a person does over time: the self-check, the plan, the journal."""
