import Cryptography
public import Records

extension Office {
    /// Opens the node's records; made with a key of their own the first time.
    public func records(passphrase: [UInt8]?) throws -> RecordStore {
        let key = try node.recordsKey(passphrase: passphrase)
        return try RecordStore(opening: node.path, wrappingKey: key)
    }
}
