"""Published figures for everybody: who said them, what they count, what contradicts them."""
