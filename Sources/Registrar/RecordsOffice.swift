import Cryptography
import Foundation
public import Records
import Registry

extension Office {
    /// Whether this node has ever kept records.
    public var hasRecords: Bool {
        FileManager.default.fileExists(atPath: node.path + "/" + RecordStore.fileName)
    }

    /// Opens the node's records; made with a key of their own the first time.
    ///
    /// What a crash left between the log and the records is mended first.
    public func records(passphrase: [UInt8]?) throws -> RecordStore {
        let key = try node.recordsKey(passphrase: passphrase)
        let records = try opened(with: key, passphrase)
        try PendingBatch.settle(in: node, origin: card.pin.origin, database, records)
        try LoggedStatusLists(office: self, ledger: records.statusLists).settle()
        return records
    }

    private func opened(
        with key: SealingKey, _ passphrase: [UInt8]?
    ) throws -> RecordStore {
        do {
            return try RecordStore(opening: node.path, wrappingKey: key)
        } catch RecordsError.wrongWrappingKey {
            // A crash between two wrapping keys: the records are under the next one already.
            guard let next = try node.nextRecordsKey(passphrase: passphrase) else {
                throw RecordsError.wrongWrappingKey
            }
            let store = try RecordStore(opening: node.path, wrappingKey: next)
            try node.takeNextRecordsKey()
            return store
        }
    }
}
