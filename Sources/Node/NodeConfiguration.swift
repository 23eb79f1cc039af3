public import Encoding
internal import Foundation
public import Sync

/// How a node serves and how often it asks its peers: the file `node.json`.
///
///     {"version": 1, "host": "127.0.0.1", "port": 8080, "syncSeconds": 60}
///
/// `Protocol/operation.md § Configuration`. Unknown members are refused; there are no environment
/// variables and no secrets in it.
public struct NodeConfiguration: Hashable, Sendable {
    /// The name of the file in a node's folder.
    public static let fileName = "node.json"

    /// Every key but `version`, which is 1, in the order of the page.
    public static let keys = [
        ConfigurationKey(name: "host", form: .host, standard: "127.0.0.1"),
        ConfigurationKey(name: "port", form: .integer(0...65_535, unit: ""), standard: 0),
        ConfigurationKey(name: "tlsCertificate", form: .path, standard: nil),
        ConfigurationKey(name: "tlsKey", form: .path, standard: nil),
        ConfigurationKey(name: "address", form: .address, standard: nil),
        ConfigurationKey(
            name: "connections", form: .integer(16...65_536, unit: "connections"),
            standard: 2_048),
        ConfigurationKey(
            name: "connectionsPerAddress", form: .integer(1...65_536, unit: "connections"),
            standard: 128),
        ConfigurationKey(
            name: "bodyMebibytes", form: .integer(32...4_096, unit: "MiB"), standard: 64),
        ConfigurationKey(
            name: "syncSeconds", form: .integer(0...86_400, unit: "seconds"), standard: 60),
        ConfigurationKey(
            name: "quotaEntries", form: .integer(1...(1 << 40), unit: "entries"),
            standard: 4_000_000),
        ConfigurationKey(
            name: "quotaMebibytes", form: .integer(1...(1 << 30), unit: "MiB"), standard: 4_096),
        ConfigurationKey(
            name: "scrubSeconds", form: .integer(0...86_400, unit: "seconds"), standard: 10),
        ConfigurationKey(
            name: "metrics", form: .word(["local", "everybody", "off"]), standard: "local"),
        ConfigurationKey(
            name: "logLevel", form: .word(["debug", "info", "notice", "warning", "error"]),
            standard: "info"),
        ConfigurationKey(name: "logForm", form: .word(["text", "json"]), standard: "text"),
        ConfigurationKey(
            name: "backupHours", form: .integer(0...8_760, unit: "hours"), standard: 48),
        ConfigurationKey(
            name: "diskMebibytes", form: .integer(0...(1 << 30), unit: "MiB"), standard: 1_024),
    ]

    /// Who may read `/metrics`.
    public enum Readers: String, Sendable { case local, everybody, off }

    private var values: [String: JSONValue]

    public init() {
        values = [:]
        for key in NodeConfiguration.keys { values[key.name] = key.standard }
    }

    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        self.init()
        var reader = try MemberReader(
            JSONValue(parsing: bytes, limits: JSONLimits(size: 65_536, depth: 4)), at: "")
        _ = try reader.integer("version", in: 1...1)
        for key in NodeConfiguration.keys { values[key.name] = try key.value(in: &reader) }
        // A certificate without its key, or the other way round, would be served as neither.
        guard (values["tlsCertificate"] == nil) == (values["tlsKey"] == nil) else {
            let missing = values["tlsKey"] == nil ? "tlsKey" : "tlsCertificate"
            throw .missingMember(path: reader.child(missing))
        }
        try reader.finish()
    }

    /// The configuration in a node's folder; the defaults if there is none.
    public init(inFolder folder: String) throws(NodeError) {
        let path = folder + "/" + NodeConfiguration.fileName
        guard FileManager.default.fileExists(atPath: path) else {
            self.init()
            return
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .unreadable(path: path)
        }
        do throws(ParsingError) { try self.init(parsing: Array(data)) } catch {
            throw .configuration(path: path, error)
        }
    }

    /// The file's bytes: every key that has a value.
    public var serialized: [UInt8] {
        var object: JSONObject = ["version": 1]
        for key in NodeConfiguration.keys { object[key.name] = values[key.name] }
        return Array(JSONValue.object(object).indented.utf8)
    }

    private func integer(_ name: String) -> Int { values[name]?.integer.map { Int($0) } ?? 0 }
    private func text(_ name: String) -> String? { values[name]?.string }
}

extension NodeConfiguration {
    /// The address to listen on; the loopback address unless the file says otherwise.
    public var host: String {
        get { text("host") ?? "127.0.0.1" }
        set { values["host"] = .string(newValue) }
    }

    /// The port to listen on; 0, the default, chooses a free one.
    public var port: Int {
        get { integer("port") }
        set { values["port"] = .integer(Int64(newValue)) }
    }

    /// The files of the certificate's chain and of its key, in PEM; nil: HTTP without TLS.
    public var tlsFiles: (certificate: String, key: String)? {
        get {
            guard let certificate = text("tlsCertificate"), let key = text("tlsKey") else {
                return nil
            }
            return (certificate, key)
        }
        set {
            values["tlsCertificate"] = newValue.map { .string($0.certificate) }
            values["tlsKey"] = newValue.map { .string($0.key) }
        }
    }

    /// Where peers ask this node, if that was said: `concord doctor` asks there too.
    public var address: PeerAddress? { text("address").flatMap { try? PeerAddress(parsing: $0) } }

    /// The connections that are served at once, in all and from one other machine.
    public var connections: Int {
        get { integer("connections") }
        set { values["connections"] = .integer(Int64(newValue)) }
    }
    public var connectionsPerAddress: Int {
        get { integer("connectionsPerAddress") }
        set { values["connectionsPerAddress"] = .integer(Int64(newValue)) }
    }

    /// The bytes of requests that are held in memory at once.
    public var bodyBytes: Int { integer("bodyMebibytes") << 20 }

    /// The seconds between two rounds with the peers, give or take a fifth; 0 never asks them.
    public var syncSeconds: Int {
        get { integer("syncSeconds") }
        set { values["syncSeconds"] = .integer(Int64(newValue)) }
    }

    /// How much of another country's log this node keeps.
    public var followLimits: FollowLimits {
        var limits = FollowLimits()
        limits.quotaEntries = UInt64(integer("quotaEntries"))
        limits.quotaBytes = UInt64(integer("quotaMebibytes")) << 20
        return limits
    }

    /// The seconds between two slices of the scrub, which looks through all logs once a day; 0
    /// never does.
    public var scrubSeconds: Int {
        get { integer("scrubSeconds") }
        set { values["scrubSeconds"] = .integer(Int64(newValue)) }
    }

    public var metricsReaders: Readers {
        text("metrics").flatMap(Readers.init(rawValue:)) ?? .local
    }

    public var logLevel: String { text("logLevel") ?? "info" }
    /// Whether a line of the node's log is a JSON object.
    public var logsJSON: Bool { text("logForm") == "json" }

    /// How old a backup may be before `concord doctor` says so; 0: it never does.
    public var backupHours: Int { integer("backupHours") }
    /// How much room there must be before `concord doctor` says so.
    public var diskMebibytes: Int { integer("diskMebibytes") }
}
