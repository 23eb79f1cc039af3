import Cases
import Credentials
import Encoding
import Issuance
import Recognition
import Registry
import TransparencyLog
import Verification

/// A reader of strangers' bytes, for fuzzers: it may refuse what it likes, but it must end, and
/// what it took must be written and read back as the same.
public enum FuzzTarget: String, CaseIterable, Sendable {
    case json
    case jws
    case sdJWT = "sd-jwt"
    case note
    case statusList = "status-list"
    case paperCode = "paper-code"
    case dossier
    case csv
    case cases

    /// Reads the bytes in the manner of this target.
    ///
    /// - Returns: whether they were taken. A broken promise ends the process.
    @discardableResult
    public func read(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .json: FuzzTarget.json(bytes)
        case .jws: FuzzTarget.jws(bytes)
        case .sdJWT: FuzzTarget.credential(bytes)
        case .note: FuzzTarget.note(bytes)
        case .statusList: FuzzTarget.statusList(bytes)
        case .paperCode: FuzzTarget.paperCode(bytes)
        case .dossier: FuzzTarget.dossier(bytes)
        case .csv: FuzzTarget.csv(bytes)
        case .cases: FuzzTarget.cases(bytes)
        }
    }

    private static func json(_ bytes: [UInt8]) -> Bool {
        guard let value = try? JSONValue(parsing: bytes) else { return false }
        let again = try? JSONValue(parsing: value.serialized)
        precondition(again == value, "a JSON value reads back as itself")
        return true
    }

    private static func jws(_ bytes: [UInt8]) -> Bool {
        guard let jws = try? JSONWebSignature(parsing: bytes) else { return false }
        precondition(jws.compact == bytes, "a JWS keeps the bytes that were signed")
        precondition(
            (try? jws.verify(with: FuzzKeys.stranger)) == nil, "a stranger's key signs nothing")
        return true
    }

    private static func credential(_ bytes: [UInt8]) -> Bool {
        guard let file = try? CredentialFile(parsing: bytes) else { return false }
        let again = try? CredentialFile(parsing: file.serialized)
        precondition(again == file, "a credential file reads back as itself")
        let issued = try? IssuedCredential(parsing: file.credential)
        if let issued {
            precondition(
                (1_850...2_200).contains(issued.frame.birthYear), "claims keep to their form")
        }
        if let paths = try? file.credential.disclosurePaths() {
            precondition(paths.count == file.credential.disclosures.count, "each has its place")
            if let chosen = try? file.credential.selecting(paths: Array(paths.prefix(1))) {
                precondition(
                    chosen.disclosures.count <= file.credential.disclosures.count,
                    "choosing adds nothing")
            }
        }
        return true
    }

    private static func note(_ bytes: [UInt8]) -> Bool {
        guard let note = try? SignedNote(parsing: bytes) else { return false }
        precondition(note.serialized == bytes, "a note is written as it was read")
        _ = try? TreeHead(parsing: note.text)
        if let entry = try? RegistryEntry(parsing: bytes) {
            precondition(entry.serialized == bytes, "an entry is written as it was read")
        }
        _ = try? Extract(parsing: note.text)
        return true
    }

    private static func statusList(_ bytes: [UInt8]) -> Bool {
        guard let token = try? StatusListToken(parsing: bytes) else { return false }
        let list = token.list
        precondition(list.bytes.count <= StatusList.sizeLimit, "a list is bounded")
        for index in [0, list.count - 1] where list.count > 0 {
            precondition((try? list.status(at: index)) != nil, "a place on the list has a state")
        }
        for index in [-1, list.count, .max] {
            precondition((try? list.status(at: index)) == nil, "no place, no state")
        }
        return true
    }

    private static func paperCode(_ bytes: [UInt8]) -> Bool {
        guard let code = try? PaperCode(parsing: bytes) else { return false }
        let again = try? PaperCode(parsing: Array(code.text.utf8))
        precondition(again?.file == code.file, "the text of a code reads back as itself")
        return true
    }

    private static func dossier(_ bytes: [UInt8]) -> Bool {
        guard let input = try? VerificationInput(parsing: bytes) else { return false }
        precondition(!input.judged.isEmpty, "something is judged of whatever was taken")
        guard case .dossier(let dossier) = input else { return true }
        let again = try? Dossier(parsing: dossier.serialized)
        precondition(again == dossier, "a dossier reads back as itself")
        FuzzKeys.judge(dossier)
        return true
    }

    private static func csv(_ bytes: [UInt8]) -> Bool {
        guard let head = try? CSVHead(parsing: bytes, delimiter: nil, columns: ["name", "year"])
        else { return false }
        precondition((0...bytes.count).contains(head.offset), "rows begin within the file")
        var rows: [[CSVRow]] = [[], []]
        for (place, size) in [bytes.count + 1, 1].enumerated() {
            var parser = CSVParser(head.delimiter, line: head.line)
            var rest = bytes[head.offset...]
            while !rest.isEmpty {
                parser.feed(rest.prefix(size)) { rows[place].append($0) }
                rest = rest.dropFirst(size)
            }
            parser.finish { rows[place].append($0) }
        }
        precondition(rows[0] == rows[1], "rows do not depend on how the file was cut")
        return true
    }

    private static func cases(_ bytes: [UInt8]) -> Bool {
        guard let file = try? CaseFile(parsing: bytes) else { return false }
        let verdicts = file.cases.map { file.verdict(on: $0) }
        var turned =
            (try? JSONValue(parsing: bytes, limits: CaseFile.limits))?.object ?? JSONObject()
        let statements = turned["fixtures"]?.array ?? []
        turned["fixtures"] = .array(statements.reversed())
        let again = try? CaseFile(parsing: JSONValue.object(turned).serialized)
        precondition(
            again.map { file in file.cases.map { file.verdict(on: $0) } } == verdicts,
            "a verdict does not depend on the order of statements")
        return true
    }
}
