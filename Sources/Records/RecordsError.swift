public import Credentials

/// What is wrong with the records of a node, or with what is asked of them.
///
/// Messages name files, ids and numbers, never what a record holds.
public enum RecordsError: Error, Hashable, Sendable {
    // Files.
    case notRecords(file: String)
    case newerVersion(file: String, found: Int, known: Int)
    case filesDoNotBelongTogether
    case wrongWrappingKey
    /// SQLite's extended result code.
    case database(file: String, code: Int)
    case walNotTruncated(file: String)

    // Records.
    case unknownRecord(RecordID)
    case erased(RecordID)
    case damaged(RecordID)
    case slotTaken(list: String, index: Int)
    case unreadableCredential(RecordID, CredentialError)

    // Status lists.
    case unknownList(String)
    case listExists(String)
    case listFull(String, wanted: Int, free: Int)
    case statusRefused(CredentialError)
    case otherShape(list: String)
}

extension RecordsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notRecords(let file):
            "\(file) is not a database of records of this program"
        case .newerVersion(let file, let found, let known):
            "\(file) has version \(found), this program knows up to \(known): use a newer one"
        case .filesDoNotBelongTogether:
            "records.sqlite and record-keys.sqlite are not of one store: restore both from one backup"
        case .wrongWrappingKey:
            "the wrapping key does not open record-keys.sqlite: it is another key"
        case .database(let file, let code):
            "SQLite refused the work on \(file) with code \(code)"
        case .walNotTruncated(let file):
            "the write-ahead log of \(file) is in use; erase again when no other program has it open"
        case .unknownRecord(let id):
            "expected the record \(id) on this node, found none; concord record list shows the ids"
        case .erased(let id):
            "the record \(id) was erased"
        case .damaged(let id):
            "the record \(id) does not open: its bytes or its key were changed"
        case .slotTaken(let list, let index):
            "a record with the index \(index) of the list \(list) is there already"
        case .unreadableCredential(let id, let error):
            "the record \(id) holds no credential: \(error)"
        case .unknownList(let list):
            "there is no status list \(list)"
        case .listExists(let list):
            "the status list \(list) is there already"
        case .listFull(let list, let wanted, let free):
            "expected \(wanted) free slots on the list \(list), found \(free): start another list"
        case .statusRefused(let error):
            error.description
        case .otherShape(let list):
            "expected the status list \(list) as long as it was begun, found another length in the log"
        }
    }
}
