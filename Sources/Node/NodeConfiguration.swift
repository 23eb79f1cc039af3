public import Encoding
internal import Foundation
public import Sync

/// How a node serves and how often it asks its peers: the file `node.json`.
///
///     {"version": 1, "host": "127.0.0.1", "port": 8080, "syncSeconds": 60}
///
/// Unknown members are refused; there are no environment variables and no secrets in it.
public struct NodeConfiguration: Hashable, Sendable {
    /// The name of the file in a node's folder.
    public static let fileName = "node.json"

    /// The address to listen on; the loopback address unless the file says otherwise.
    public var host = "127.0.0.1"
    /// The port to listen on; 0, the default, chooses a free one.
    public var port = 0
    /// The seconds between two rounds with the peers, give or take a fifth; 0 never asks them.
    public var syncSeconds = 60
    /// The entries that are kept of one other country's log.
    public var quotaEntries = 4_000_000
    /// The mebibytes of entries that are kept of one other country's log.
    public var quotaMebibytes = 4_096
    /// The seconds between two slices of the scrub, which looks through all logs once a day; 0
    /// never does.
    public var scrubSeconds = 10

    public init() {}

    /// How much of a log this node keeps.
    public var followLimits: FollowLimits {
        var limits = FollowLimits()
        limits.quotaEntries = UInt64(quotaEntries)
        limits.quotaBytes = UInt64(quotaMebibytes) << 20
        return limits
    }

    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        var reader = try MemberReader(
            JSONValue(parsing: bytes, limits: JSONLimits(size: 65_536, depth: 4)), at: "")
        _ = try reader.integer("version", in: 1...1)
        if let host = try reader.optionalString("host") {
            guard (1...253).contains(host.utf8.count),
                host.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else { throw .wrongForm(path: "host", expected: "a host name or an address") }
            self.host = host
        }
        port = Int(try reader.optionalInteger("port", in: 0...65_535) ?? 0)
        syncSeconds = Int(try reader.optionalInteger("syncSeconds", in: 0...86_400) ?? 60)
        quotaEntries = Int(
            try reader.optionalInteger("quotaEntries", in: 1...(1 << 40)) ?? 4_000_000)
        quotaMebibytes = Int(
            try reader.optionalInteger("quotaMebibytes", in: 1...(1 << 30)) ?? 4_096)
        scrubSeconds = Int(try reader.optionalInteger("scrubSeconds", in: 0...86_400) ?? 10)
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

    /// The file's bytes.
    public var serialized: [UInt8] {
        let object: JSONObject = [
            "version": 1, "host": .string(host), "port": .integer(Int64(port)),
            "syncSeconds": .integer(Int64(syncSeconds)),
            "quotaEntries": .integer(Int64(quotaEntries)),
            "quotaMebibytes": .integer(Int64(quotaMebibytes)),
            "scrubSeconds": .integer(Int64(scrubSeconds)),
        ]
        return Array(JSONValue.object(object).indented.utf8)
    }
}
