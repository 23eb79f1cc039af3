public import Logging

/// The node's log: one line a change of state, on standard error.
public enum NodeLog {
    /// For a node at work.
    public static var standard: Logger { logger(.info) }

    /// For measuring: only what cannot go on.
    public static var silent: Logger { logger(.critical) }

    private static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "concord") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}
