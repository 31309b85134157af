"""What must be done, by whom, by when: catalogue, ladders, tasks, answers, stand-down."""
