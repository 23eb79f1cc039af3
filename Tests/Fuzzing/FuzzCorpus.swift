public import Foundation

/// The files with which fuzzing begins: small, of every form that a reader takes.
public enum FuzzCorpus {
    public static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Corpus", directoryHint: .isDirectory)

    /// Whose logs the dossiers of the corpus are proven with.
    public static let anchor = root.appending(path: "anchor.json")

    public static func folder(of target: FuzzTarget) -> URL {
        root.appending(path: target.rawValue, directoryHint: .isDirectory)
    }

    /// The contents of the files of a target, in the order of their names.
    public static func seeds(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let folder = folder(of: target)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            ($0, Array(try Data(contentsOf: folder.appending(path: $0))))
        }
    }
}
