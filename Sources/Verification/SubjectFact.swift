import Encoding
public import Language
import Recognition
import Registry

/// One fact of a verdict about the document itself, for comparison with a person and a paper:
/// a label and what stands beside it.
public struct SubjectFact: Sendable {
    public enum Value: Sendable {
        case message(Message)
        /// A name as a log or the document has it, in its own language.
        case name(String)
        case id(String)
    }

    public let label: MessageKey
    /// At least one; a reader sees them one below the other.
    public let values: [Value]

    private init(_ label: MessageKey, _ values: Value...) {
        self.label = label
        self.values = values
    }

    private init(_ label: MessageKey, _ messages: [Message]) {
        self.label = label
        values = messages.map(Value.message)
    }

    /// What the document says, then what was asked, then the claims that were asked for.
    public static func all(of verdict: Verdict) -> [SubjectFact] {
        var facts: [SubjectFact] = []
        if let statement = verdict.statement {
            facts += all(of: statement) + asked(verdict)
        } else if let subject = verdict.subject {
            facts += all(of: subject, on: verdict.asked.day) + asked(verdict)
        }
        if !verdict.requested.isEmpty {
            facts.append(SubjectFact(.labelRequested, verdict.requested.map(\.message)))
        }
        return facts
    }

    private static func all(of subject: Verdict.Subject, on day: CalendarDate) -> [SubjectFact] {
        let notShown = Message.Argument.message(.subjectNotShown)
        let title: Value =
            if let title = subject.qualificationTitle {
                .name(title)
            } else {
                .message(Message(.subjectTitleUnknown))
            }
        var facts = [
            SubjectFact(
                .labelCertificate, title,
                .id("\(subject.qualification), \(subject.version)")),
            SubjectFact(
                .labelAwarded,
                awarded(
                    subject.awarded, by: subject.bodyName ?? subject.body, in: subject.country)),
        ]
        if let until = subject.validUntil {
            facts.append(
                SubjectFact(
                    .labelCurrent,
                    .message(
                        Message(
                            until < day ? .subjectUntilLapsed : .subjectUntil,
                            ["date": .date(until)]))))
        }
        if let page = subject.archive {
            facts.append(
                SubjectFact(
                    .labelKind, .message(Message(.subjectArchive, ["page": .text(page)]))))
        }
        facts.append(
            holder(
                subject.name.map(Message.Argument.text) ?? notShown,
                born: subject.birthYear.map(Message.Argument.number) ?? notShown))
        return facts
    }

    private static func all(of statement: Verdict.StatementSubject) -> [SubjectFact] {
        let name = statement.formerName.map { former in
            Message.Argument.message(
                Message(
                    .subjectFormerly, ["name": .text(statement.name), "former": .text(former)]))
        }
        return [
            SubjectFact(.labelStatement, .id("\(statement.kind) \(statement.id)")),
            SubjectFact(
                .labelIssued,
                awarded(
                    statement.issued, by: statement.issuerName ?? statement.issuer,
                    in: statement.country)),
            holder(name ?? .text(statement.name), born: .number(statement.birthYear)),
        ]
    }

    private static func asked(_ verdict: Verdict) -> [SubjectFact] {
        guard let destination = verdict.question.destination,
            let purpose = verdict.question.purpose
        else { return [] }
        let question = Message(
            .subjectAsked,
            [
                "destination": .text(destination), "code": .text(purpose.rawValue),
                "purpose": .message(.purpose(purpose)), "time": .time(verdict.asked),
            ])
        let day = verdict.question.day.map { Message(.subjectOnDay, ["date": .date($0)]) }
        let target = verdict.question.target.values.sorted { $0.key < $1.key }.map { name, value in
            name == "occ"
                ? Message(.subjectOccupation, ["occupation": .occupation(value)])
                : Message(.subjectCompared, ["target": .text("\(name) \(value)")])
        }
        return [SubjectFact(.labelAsked, [question] + target + [day].compactMap { $0 })]
    }

    private static func awarded(
        _ date: CalendarDate, by body: String, in country: String
    ) -> Value {
        .message(
            Message(
                .subjectAwarded,
                ["date": .date(date), "body": .text(body), "country": .text(country)]))
    }

    private static func holder(
        _ name: Message.Argument, born year: Message.Argument
    ) -> SubjectFact {
        SubjectFact(.stepHolder, .message(Message(.subjectHolder, ["name": name, "year": year])))
    }
}
