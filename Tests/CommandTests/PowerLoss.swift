import Foundation
import TestSupport

/// The library that lets the power go in the midst of a process, and the store of the control,
/// compiled from `Tests/PowerLoss`.
struct PowerLoss {
    enum Failure: Error { case doesNotCompile(String) }

    private static let compilers = ["/usr/bin/clang", "/usr/bin/cc", "/usr/bin/gcc"]
    private static var compiler: String? {
        compilers.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
    static var isPossible: Bool { compiler != nil }

    private let folder: TemporaryFolder
    private var library: String { folder.path("power_loss.so") }
    var store: String { folder.path("acknowledging_store") }

    init() throws {
        folder = try TemporaryFolder()
        try compile("power_loss.c", ["-shared", "-fPIC", "-ldl", "-lpthread"], to: library)
        try compile("acknowledging_store.c", ["-lsqlite3"], to: store)
    }

    private func compile(_ source: String, _ options: [String], to product: String) throws {
        let path = ConcordProcess.repository.appending(path: "Tests/PowerLoss/\(source)").path
        let outcome = try ConcordProcess.run(
            [],
            through: [Self.compiler ?? "cc", "-O1", "-x", "c", path] + ["-o", product]
                + options, isLauncherAlone: true)
        guard outcome.code == 0 else { throw Failure.doesNotCompile(outcome.complaint) }
    }

    /// The environment in which a process loses its power.
    ///
    /// - Parameters:
    ///   - step: which write, sync or cut in the folder no longer happens; 0: it keeps its power.
    ///   - seed: 0: all that was not synced is lost; otherwise any part of it.
    func environment(_ folder: String, at step: Int, seed: UInt64) -> [String: String] {
        [
            "LD_PRELOAD": library, "CONCORD_LOSS_FOLDER": folder,
            "CONCORD_LOSS_AT": String(step), "CONCORD_LOSS_SEED": String(seed),
            "CONCORD_LOSS_COUNT": count,
        ]
    }

    private var count: String { folder.path("steps") }

    /// How many steps the last process made that kept its power.
    func steps() throws -> Int {
        let text = try String(contentsOfFile: count, encoding: .utf8)
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    /// What does not outlive the power: SQLite's shared memory.
    static func forgetSharedMemory(in folder: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasSuffix("-shm") {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }
}
