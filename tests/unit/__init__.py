"""The tests of each room, through its public doors."""
