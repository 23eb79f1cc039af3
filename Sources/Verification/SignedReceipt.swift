public import Credentials
import Cryptography
public import Encoding
import Recognition
import Registry
public import TransparencyLog

/// A receipt as it is filed and handed on: a note, signed by the verifier's own key
/// (`Protocol/receipt.md`).
public struct SignedReceipt: Hashable, Sendable {
    public let content: Receipt
    private let keyed: KeyedNote

    public static let sizeLimit = KeyedNote.sizeLimit
    private static let member = "receipt"

    public var key: NoteKey { keyed.key }

    /// Reads a receipt that the key beside it signed. Whose key that is says its fingerprint,
    /// to whoever was told it: `SignedRequest.audience(of:)`.
    public init(parsing bytes: [UInt8]) throws(VerificationError) {
        do throws(KeyedNote.Fault) {
            keyed = try KeyedNote(parsing: bytes, member: SignedReceipt.member)
        } catch { throw VerificationError(receipt: error) }
        do throws(ParsingError) {
            content = try Receipt(parsing: Array(keyed.note.text.utf8))
        } catch { throw .receipt(error) }
    }

    public init(_ content: Receipt, by signer: NoteSigner) throws(VerificationError) {
        self.content = content
        do throws(KeyedNote.Fault) {
            keyed = try KeyedNote(content.serialized, by: signer)
        } catch { throw VerificationError(receipt: error) }
    }

    public var serialized: [UInt8] { keyed.serialized(member: SignedReceipt.member) }
}

extension VerificationError {
    fileprivate init(receipt fault: KeyedNote.Fault) {
        switch fault {
        case .parsing(let error): self = .receipt(error)
        case .note(let error): self = .receiptNote(error)
        case .notSigned: self = .receiptNotSigned
        }
    }
}

/// What becomes of a receipt when it is recomputed.
extension Receipt {
    /// The presentations, counted from 1, whose hash under the salt is not the receipt's;
    /// all where the salt or their number is another's.
    public func mismatches(_ files: [CredentialFile], salt: ReceiptSalt) -> [Int] {
        guard salt.receipt == id, files.count == presentations.count else {
            return Array(1...max(files.count, 1))
        }
        return zip(files, presentations).enumerated()
            .filter { salt.hash($0.element.0) != $0.element.1 }.map { $0.offset + 1 }
    }

    /// Whether the verifier saw that the presenter controls the holder's key. Nobody can see
    /// that again: a challenge is answered once.
    public var sawHolder: Bool {
        findings.contains { $0.step == VerificationStep.holder.rawValue && $0.outcome == "passed" }
    }

    /// The question, with facts that the receipt does not hold; nil if it is not of a form that
    /// this version knows.
    public func question(facts: JSONObject) -> VerificationQuestion? {
        var purpose: Purpose?
        if let text = question["purpose"]?.string {
            guard let known = Purpose(rawValue: text) else { return nil }
            purpose = known
        }
        var day: CalendarDate?
        if let text = question["date"]?.string {
            guard let known = CalendarDate(parsing: text) else { return nil }
            day = known
        }
        var values: [String: String] = [:]
        for member in question["target"]?.object?.members ?? [] {
            values[member.name] = member.value.string
        }
        return VerificationQuestion(
            destination: question["for"]?.string, purpose: purpose, target: Target(values),
            facts: facts, day: day)
    }

    /// Where a verdict that was made again differs, one line each; none: it says the same.
    public func differences(from verdict: Verdict) -> [String] {
        var differences: [String] = []
        if knowledge != verdict.knowledgeDigest {
            differences.append(
                "knowledge: the receipt's is \(knowledge.hexadecimal.prefix(16)), this one is "
                    + "\(verdict.knowledgeDigest.hexadecimal.prefix(16))")
        }
        if word != verdict.word.text {
            differences.append("word: the receipt says \(word), now \(verdict.word.text)")
        }
        let again = verdict.checks.map { check in
            Finding(
                step: check.step.rawValue, outcome: check.outcome.name,
                reason: check.outcome.reason?.rawValue)
        }
        for finding in findings where !again.contains(finding) {
            let now = again.first { $0.step == finding.step }
            differences.append(
                "\(finding.step): the receipt says \(finding.text), now \(now?.text ?? "nothing")")
        }
        for finding in again where !findings.contains(where: { $0.step == finding.step }) {
            differences.append("\(finding.step): not in the receipt, now \(finding.text)")
        }
        return differences
    }
}

extension Receipt.Finding {
    fileprivate var text: String { outcome + (reason.map { " (\($0))" } ?? "") }
}
