internal import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

extension LogDatabase {
    /// Lets a buddy decide and stores what it is going to grant, in one transaction, so that a
    /// size never has two roots.
    ///
    /// - Throws: `sealed` if the node may not sign, `incompleteMemory` if it may have granted
    ///   more of this log than it remembers.
    public func grant<Value>(
        _ origin: String, boot: String = MachineStart.id,
        _ decide: (WitnessContext) -> (head: TreeHead?, value: Value)
    ) throws(StorageError) -> Value {
        try write(to: "decide about a grant") { db in
            let life = LifeTable(db: db, file: lifeMarkFile)
            let reasons = try life.sealReasons(boot: boot)
            guard reasons.isEmpty else { throw StorageError.sealed(reasons) }
            let snapshot = LogSnapshot(db: db)
            if case .staged(let head) = try life.judge(.buddy) {
                try life.finish(.buddy, head)
            }
            guard try snapshot.isComplete(.buddy, of: origin) else {
                throw StorageError.incompleteMemory(origin: origin)
            }
            // What the log signed is as good as granted: a copy may be ahead of the memory.
            let granted = try snapshot.grantState(origin)
            let log = try snapshot.log(origin)
            let copied = log == nil ? nil : try snapshot.head(origin)?.head
            let latest = [granted, copied].compactMap { $0 }.max { $0.size < $1.size }
            let decision = decide(
                WitnessContext(
                    latest: latest, standing: log?.standing ?? .sound,
                    isOwn: log?.isOwn ?? false))
            if let head = decision.head, head != granted {
                try life.step(.buddy, to: head)
                try SigningMemory(db: db, role: .buddy).raise(to: head)
            }
            return decision.value
        }
    }
}

extension LogSnapshot {
    /// The newest head of that log that this node granted as its buddy.
    public func grantState(_ origin: String) throws(StorageError) -> TreeHead? {
        try memory(.buddy, of: origin)
    }
}
