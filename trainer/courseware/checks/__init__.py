"""What a file may not say although it can be read: outcomes nobody asks about, sentences nobody follows."""
