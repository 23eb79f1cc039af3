import Foundation

/// The files of this repository, as they lie in the checkout.
enum Checkout {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The paths of all files below a folder, in order; hidden ones left out.
    static func files(under folder: String, endingWith suffix: String = "") -> [String] {
        let start = root.appending(path: folder)
        guard
            let walk = FileManager.default.enumerator(
                at: start, includingPropertiesForKeys: [.isRegularFileKey],
                options: .skipsHiddenFiles)
        else { return [] }
        return walk.compactMap { $0 as? URL }
            .filter { $0.path.hasSuffix(suffix) && !$0.hasDirectoryPath }
            .map { "\(folder)/\($0.path.dropFirst(start.path.count + 1))" }
            .sorted()
    }

    /// The names directly in a folder.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
            .sorted()
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: root.appending(path: path).path)
    }

    static func bytes(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: path)))
    }

    static func text(of path: String) throws -> String {
        String(decoding: try bytes(of: path), as: UTF8.self)
    }

    static func lines(of path: String) throws -> [Substring] {
        try text(of: path).utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map(Substring.init)
    }
}
