internal import Encoding
internal import Foundation
public import Logging

/// The node's log: one line a change of state, on standard error.
///
/// `Protocol/operation.md § Log`. A line bears origins, sizes, addresses of peers and reasons; never
/// a claim of a certificate, a key, or what somebody asked.
public enum NodeLog {
    /// For a node at work, as its configuration wants it.
    public static func standard(_ configuration: NodeConfiguration) -> Logger {
        let level = Logger.Level(rawValue: configuration.logLevel) ?? .info
        return logger(level, json: configuration.logsJSON)
    }

    /// For measuring: only what cannot go on.
    public static var silent: Logger { logger(.critical, json: false) }

    private static func logger(_ level: Logger.Level, json: Bool) -> Logger {
        var logger = Logger(label: "concord") { label -> any LogHandler in
            if json { return JSONLogHandler() }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = level
        return logger
    }
}

/// Writes each line as one JSON object, for programs that collect logs.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        let line = JSONLogHandler.line(
            event.level, "\(event.message)",
            metadata.merging(event.metadata ?? [:]) { $1 }, at: now)
        FileHandle.standardError.write(Data(line))
    }

    /// The line with its line feed; what a member is about has the name of the metadata.
    static func line(
        _ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, at time: Timestamp
    ) -> [UInt8] {
        var object: JSONObject = [
            "time": .string("\(time)"), "level": .string(level.rawValue),
            "message": .string(message),
        ]
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) where object[name] == nil {
            object[name] = .string("\(value)")
        }
        return JSONValue.object(object).serialized + [0x0A]
    }
}
