SELECT hidden;
