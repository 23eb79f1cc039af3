public import Foundation
public import Testing

/// The project's own vectors in `Protocol/Vectors`: written by the code when the environment
/// variable `RECORD_VECTORS` is set, and otherwise compared byte for byte.
public enum RecordedVectors {
    public static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Protocol/Vectors", directoryHint: .isDirectory).standardizedFileURL

    /// - Parameter path: below `Protocol/Vectors`, such as `entry/entries.json`.
    public static func check(
        _ path: String, _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = root.appending(path: path)
        if ProcessInfo.processInfo.environment["RECORD_VECTORS"] != nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        let recorded = try [UInt8](Data(contentsOf: file))
        #expect(
            recorded == bytes, "\(path) differs; set RECORD_VECTORS to write it anew",
            sourceLocation: sourceLocation)
    }

    /// A page of `Protocol/`, for tests that hold it and the code together.
    public static func page(_ name: String) throws -> String {
        try String(
            contentsOf: root.deletingLastPathComponent().appending(path: name), encoding: .utf8)
    }
}
