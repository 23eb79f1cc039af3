import Cryptography
import Foundation
import Storage
import Sync
import TransparencyLog

/// A log of many entries as its own node holds it, and as a peer has copied it, in two folders.
final class GrownLog: Sendable {
    let log: SampleLog
    private let folders: (own: TemporaryFolder, copy: TemporaryFolder)
    let own: LogDatabase
    let copy: LogDatabase

    var ownFolder: String { folders.own.path }

    /// - Parameter isCopied: whether the copy holds the entries; else it only knows of the log.
    init(entries count: Int, isCopied: Bool = true) async throws {
        log = try SampleLog()
        folders = (try TemporaryFolder(), try TemporaryFolder())
        own = try LogDatabase(inFolder: folders.own.path)
        copy = try LogDatabase(inFolder: folders.copy.path)
        try own.addLog(SampleLog.origin, isOwn: true)
        try own.beginLife(HashValue(of: "grown".utf8))
        try copy.addLog(SampleLog.origin, isOwn: false)
        try copy.beginLife(HashValue(of: "copied".utf8))
        let step = 65_536
        for start in stride(from: 0, to: count, by: step) {
            let entries = try log.entries(min(step, count - start))
            let checkpoint = try await publish(entries, expecting: UInt64(start))
            guard isCopied else { continue }
            var growth = LogExtension(
                extending: try copy.read { try $0.edge(SampleLog.origin) })
            growth.append(contentsOf: entries)
            let head = try copy.read { try $0.head(SampleLog.origin)?.note }
            try copy.append(
                growth, to: SampleLog.origin, record: CheckpointRecord(checkpoint),
                replacing: head)
        }
    }

    var size: UInt64 {
        get throws { try own.read { try $0.log(SampleLog.origin)?.size ?? 0 } }
    }

    @discardableResult
    func publish(_ entries: [NewEntry], expecting size: UInt64) async throws -> Checkpoint {
        try await Publisher(database: own, origin: SampleLog.origin, signer: log.signer)
            .publish(entries, expecting: size)
    }
}
