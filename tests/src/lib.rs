//! Tests of the program as a whole: its form, and what it does as its users see it.
