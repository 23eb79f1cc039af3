import Foundation

/// A folder that goes away when the measurement is done, at the latest with its last owner.
///
/// What iterations share keeps it: the function that measures once must hold the folder, or
/// whatever owns it, until it returns.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "concord-bench-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { remove() }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
