//! Citations as real letters write them (domain 2.3 and 2.7): reading and printing.
