import Cryptography
import Encoding
import Foundation
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// Asks every peer and every witness of the own log what it has seen of it, and when it is there.
///
/// `Protocol/witness.md § Seen`. An answer is signed, and so is its time.
struct PeerInquiry {
    struct Answer: Sendable {
        let name: String
        let time: Timestamp
        let seen: ReadQuorum.Answer
    }

    struct Report: Sendable {
        var answers: [Answer] = []
        /// By name: why nothing that counts came back.
        var silent: [(name: String, reason: String)] = []
        /// Those that answer and do not keep this log.
        var strangers: [String] = []
    }

    private struct Contact {
        let name: String
        let key: NoteKey
        let address: PeerAddress
    }

    /// A reference: as a pair with a typed error, a group's result was copied from freed memory
    /// in optimised builds (Swift 6.3.1).
    private final class Heard: Sendable {
        let contact: Contact
        let result: Result<Answer, SyncError>

        init(_ contact: Contact, _ result: Result<Answer, SyncError>) {
            self.contact = contact
            self.result = result
        }
    }

    let office: Office
    let now: Timestamp

    init(of office: Office, at now: Timestamp) {
        self.office = office
        self.now = now
    }

    func ask() async throws -> Report {
        let contacts = try contacts()
        let origin = office.card.pin.origin
        var limits = PeerLimits()
        (limits.connectSeconds, limits.idleSeconds, limits.totalSeconds) = (3, 5, 10)
        return try await PeerNetwork.with(limits: limits) { network in
            await withTaskGroup(of: Heard.self) { group in
                for contact in contacts {
                    group.addTask {
                        do throws(SyncError) {
                            let answer = try await ask(contact, of: origin, network)
                            return Heard(contact, .success(answer))
                        } catch { return Heard(contact, .failure(error)) }
                    }
                }
                var report = Report()
                for await heard in group {
                    let contact = heard.contact
                    switch heard.result {
                    case .success(let answer): report.answers.append(answer)
                    case .failure(.status(_, _, 404)): report.strangers.append(contact.name)
                    case .failure(let error): report.silent.append((contact.name, "\(error)"))
                    }
                }
                report.answers.sort { $0.name < $1.name }
                report.silent.sort { $0.name < $1.name }
                report.strangers.sort()
                return report
            }
        }
    }

    /// The peers that can be asked, and the witnesses of the policy that are no peers.
    private func contacts() throws -> [Contact] {
        let time = now
        let policy = office.rules(clock: { time }).policy(office.card.pin.origin)
        var contacts: [Contact] = []
        for record in try office.database.read({ try $0.peers() }) {
            guard let key = record.witnessKey, let address = try? PeerAddress(parsing: record.url)
            else { continue }
            // The policy's name for it: by that it counts.
            let name = policy?.witnesses.first { $0.key == key }?.name ?? key.name
            contacts.append(Contact(name: name, key: key, address: address))
        }
        for witness in policy?.witnesses ?? []
        where !contacts.contains(where: { $0.key == witness.key }) {
            guard let url = witness.url, let address = try? PeerAddress(parsing: url) else {
                continue
            }
            contacts.append(Contact(name: witness.name, key: witness.key, address: address))
        }
        return contacts
    }

    private func ask(
        _ contact: Contact, of origin: String, _ network: PeerNetwork
    ) async throws(SyncError) -> Answer {
        var generator = SystemRandomNumberGenerator()
        let question = SeenRequest(
            origin: origin,
            nonce: HashValue(of: [UInt8].random(count: 32, using: &generator)))
        let client = network.client(contact.address)
        let answer = try await client.post(
            PeerPath.seen, question.serialized, limit: SeenStatement.byteLimit)
        guard answer.status == 200 else {
            throw .status(contact.address, path: PeerPath.seen, code: answer.status)
        }
        do throws(LogError) {
            let statement = try SeenStatement(
                opening: answer.body, by: contact.key, answering: question)
            let note = try SignedNote(parsing: answer.body)
            return Answer(
                name: contact.name, time: note.cosignatureTime(by: contact.key) ?? now,
                seen: ReadQuorum.Answer(
                    name: contact.name, size: statement.size, root: statement.root,
                    isMatched: statement.isMatched))
        } catch {
            throw .notWhatWasAsked(
                contact.address, path: PeerPath.seen,
                expected: "a statement signed by \(contact.key.name)")
        }
    }
}
