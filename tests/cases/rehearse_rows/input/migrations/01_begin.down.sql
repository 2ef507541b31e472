DROP TABLE posts; DROP TABLE authors; DROP TYPE mood;
