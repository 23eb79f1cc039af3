import Encoding
import Language
import Recognition

/// The lines of a report about the certificate itself, for comparison with a person and a paper.
struct SubjectReport {
    private let verdict: Verdict
    private let catalogue: Catalogue

    init(_ verdict: Verdict, _ catalogue: Catalogue) {
        self.verdict = verdict
        self.catalogue = catalogue
    }

    func lines(_ layout: ReportLayout) -> [String] {
        subjectLines(layout)
            + layout.lines(
                .labelRequested, verdict.requested.map { catalogue.text(of: $0.message) })
    }

    private func subjectLines(_ layout: ReportLayout) -> [String] {
        if let statement = verdict.statement { return lines(statement, layout) + asked(layout) }
        guard let subject = verdict.subject else { return [] }
        let title =
            subject.qualificationTitle.map(catalogue.isolated)
            ?? catalogue.text(.subjectTitleUnknown)
        var lines = [
            "", layout.line(.labelCertificate, title),
            layout.line(nil, catalogue.isolated("\(subject.qualification), \(subject.version)")),
        ]
        func add(_ label: MessageKey, _ message: Message) {
            lines.append(layout.line(label, catalogue.text(of: message)))
        }
        add(
            .labelAwarded,
            Message(
                .subjectAwarded,
                [
                    "date": .date(subject.awarded),
                    "body": .text(subject.bodyName ?? subject.body),
                    "country": .text(subject.country),
                ]))
        if let until = subject.validUntil {
            let isLapsed = until < verdict.asked.day
            add(
                .labelCurrent,
                Message(isLapsed ? .subjectUntilLapsed : .subjectUntil, ["date": .date(until)]))
        }
        if let page = subject.archive {
            add(.labelKind, Message(.subjectArchive, ["page": .text(page)]))
        }
        let notShown = Message.Argument.message(.subjectNotShown)
        let holder = Message(
            .subjectHolder,
            [
                "name": subject.name.map(Message.Argument.text) ?? notShown,
                "year": subject.birthYear.map(Message.Argument.number) ?? notShown,
            ])
        lines.append(
            layout.line(catalogue.text(of: .step(.holder)), catalogue.text(of: holder)))
        return lines + asked(layout)
    }

    private func lines(
        _ statement: Verdict.StatementSubject, _ layout: ReportLayout
    ) -> [String] {
        let issued = Message(
            .subjectAwarded,
            [
                "date": .date(statement.issued),
                "body": .text(statement.issuerName ?? statement.issuer),
                "country": .text(statement.country),
            ])
        let name = statement.formerName.map { former in
            Message.Argument.message(
                Message(
                    .subjectFormerly, ["name": .text(statement.name), "former": .text(former)]))
        }
        let holder = Message(
            .subjectHolder,
            ["name": name ?? .text(statement.name), "year": .number(statement.birthYear)])
        return [
            "",
            layout.line(
                .labelStatement, catalogue.isolated("\(statement.kind) \(statement.id)")),
            layout.line(.labelIssued, catalogue.text(of: issued)),
            layout.line(catalogue.text(of: .step(.holder)), catalogue.text(of: holder)),
        ]
    }

    private func asked(_ layout: ReportLayout) -> [String] {
        guard let destination = verdict.question.destination,
            let purpose = verdict.question.purpose
        else { return [] }
        let message = Message(
            .subjectAsked,
            [
                "destination": .text(destination), "code": .text(purpose.rawValue),
                "purpose": .message(.purpose(purpose)), "time": .time(verdict.asked),
            ])
        let day = verdict.question.day.map { Message(.subjectOnDay, ["date": .date($0)]) }
        return [layout.line(.labelAsked, catalogue.text(of: message))]
            + [day].compactMap { $0 }.map { layout.line(nil, catalogue.text(of: $0)) }
    }
}
