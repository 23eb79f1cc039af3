internal import Cryptography
public import TransparencyLog

/// Asks several nodes at once what they have seen of a log.
///
/// `Protocol/witness.md § Seen`. Only what is signed under the key that was expected counts.
public struct WitnessInquiry: Sendable {
    public struct Report: Sendable {
        public var answers: [ReadQuorum.Answer] = []
        public var failures: [SyncError] = []
    }

    private let contacts: [WitnessContact]

    public init(asking contacts: [WitnessContact]) { self.contacts = contacts }

    public func ask(about origin: String) async -> Report {
        let results = await withTaskGroup(of: TaskOutcome<ReadQuorum.Answer>.self) { group in
            for contact in contacts {
                group.addTask {
                    do throws(SyncError) {
                        return TaskOutcome(.success(try await contact.seen(of: origin)))
                    } catch {
                        return TaskOutcome(.failure(error))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1.result) }
        }
        var report = Report()
        for result in results {
            switch result {
            case .success(let answer): report.answers.append(answer)
            case .failure(let error): report.failures.append(error)
            }
        }
        return report
    }
}

extension WitnessContact {
    func seen(of origin: String) async throws(SyncError) -> ReadQuorum.Answer {
        var generator = SystemRandomNumberGenerator()
        let nonce = HashValue(of: [UInt8].random(count: 32, using: &generator))
        let question = SeenRequest(origin: origin, nonce: nonce)
        let answer = try await client.post(
            PeerPath.seen, question.serialized, limit: SeenStatement.byteLimit)
        guard answer.status == 200 else {
            throw .status(client.address, path: PeerPath.seen, code: answer.status)
        }
        do throws(LogError) {
            let statement = try SeenStatement(
                opening: answer.body, by: key, answering: question)
            return ReadQuorum.Answer(
                name: name, size: statement.size, root: statement.root,
                isMatched: statement.isMatched)
        } catch {
            throw .notWhatWasAsked(
                client.address, path: PeerPath.seen,
                expected: "a statement signed by \(key.name)")
        }
    }
}
