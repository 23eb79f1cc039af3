public import Foundation

/// The conformance vectors that other people published, where they are at hand.
///
/// Read from the folder that the environment variable `CONCORD_VECTORS` names, else from
/// `../shared/vectors` beside the checkout. A suite whose topic is absent is skipped by name:
/// `@Suite(.enabled(if: ConformanceVectors.has("merkle"), "no vectors for merkle"))`.
public enum ConformanceVectors {
    public static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["CONCORD_VECTORS"] {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        return URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../shared/vectors", directoryHint: .isDirectory)
            .standardizedFileURL
    }()

    public static func has(_ topic: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: topic).path)
    }

    /// The topics that are at hand: the folders.
    public static func topics() throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            at: root, includingPropertiesForKeys: [.isDirectoryKey]
        ).filter(\.hasDirectoryPath).map(\.lastPathComponent).sorted()
    }

    /// Every file of a topic whose name ends so, in the order of their paths; an empty or
    /// unreadable topic that exists fails.
    public static func files(in topic: String, endingWith suffix: String = "") throws -> [URL] {
        let folder = root.appending(path: topic)
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        else { throw CocoaError(.fileReadNoSuchFile) }
        let files = walk.compactMap { $0 as? URL }
            .filter { $0.lastPathComponent.hasSuffix(suffix) && !$0.hasDirectoryPath }
            .sorted { $0.path < $1.path }
        guard !files.isEmpty else { throw CocoaError(.fileReadNoSuchFile) }
        return files
    }

    /// The bytes of one file, named by its path below the root.
    public static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: path)))
    }

    /// The paths of every file of a topic, below the root, as `files(in:endingWith:)` finds them.
    public static func paths(in topic: String, endingWith suffix: String = "") throws -> [String] {
        let prefix = root.standardizedFileURL.path + "/"
        return try files(in: topic, endingWith: suffix).map {
            String($0.standardizedFileURL.path.dropFirst(prefix.count))
        }
    }
}
