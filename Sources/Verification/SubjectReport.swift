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
        if subject.isArchiveConfirmation { add(.labelKind, Message(.subjectArchive)) }
        let notShown = Message.Argument.message(.subjectNotShown)
        let holder = Message(
            .subjectHolder,
            [
                "name": subject.name.map(Message.Argument.text) ?? notShown,
                "year": subject.birthYear.map(Message.Argument.number) ?? notShown,
            ])
        lines.append(
            layout.line(catalogue.text(of: .step(.holder)), catalogue.text(of: holder)))
        if let destination = verdict.question.destination, let purpose = verdict.question.purpose {
            add(
                .labelAsked,
                Message(
                    .subjectAsked,
                    [
                        "destination": .text(destination), "code": .text(purpose.rawValue),
                        "purpose": .message(.purpose(purpose)), "time": .time(verdict.asked),
                    ]))
        }
        return lines
    }
}
