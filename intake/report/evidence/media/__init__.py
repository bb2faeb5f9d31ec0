"""What a container of sound and film holds, told from its beginning."""
