internal import Cryptography
internal import Encoding
internal import Language
internal import Recognition
public import Verification

extension Page {
    /// A verdict as the command line gives it: the word, the seven checks, the worth, what to do
    /// next, and where it all comes from, with its age.
    ///
    /// The verdict is final when the page is made: nothing on it is painted before.
    public static func verdict(_ verdict: Verdict, in context: PageContext) -> Page {
        let tone = tone(of: verdict.word)
        var headline: [HTML] = [
            HTML("p", ["class": "word \(tone)"], [HTML(context.text(verdict.word.message))]),
            HTML("p", [HTML(context.text(verdict.meaning))]),
        ]
        if let reason = verdict.decidingCheck?.outcome.reason {
            headline.append(
                HTML(
                    "p",
                    [
                        HTML(context.text(.labelReason)), ": ",
                        HTML(context.text(.reason(reason))), " ", .code(reason.rawValue),
                    ]))
        }
        var main: [HTML] = [
            HTML("section", ["class": "verdict \(tone)", "role": "status"], headline),
            HTML.facts(facts(verdict, in: context)),
            heading(.headingNext, in: context),
            .list(VerdictReport(verdict).nextSteps.map { HTML(context.text($0)) }),
        ]
        if let subject = verdict.subject {
            let asked = "\(subject.qualification)@\(subject.version)"
            main.append(
                HTML(
                    "p",
                    [
                        .link(
                            context.href(.worth, [("qualification", asked)]),
                            [HTML(context.text(.pageWorth))])
                    ]))
        }
        main += [
            heading(.headingChecks, in: context),
            checks(verdict.checks, in: context),
        ]
        for document in verdict.supporting {
            main.append(heading(.headingSupporting, in: context))
            main.append(
                HTML(
                    "p",
                    [
                        .code(
                            [document.kind, document.id, document.issuer].compactMap { $0 }
                                .joined(separator: " "))
                    ]))
            main.append(checks(document.checks, in: context))
        }
        if let worth = verdict.worth {
            main.append(
                HTML("h2", [HTML(context.text(.step(.worth)))]))
            main.append(WorthDetails(worth, verdict.worthNames, in: context).full)
        }
        main += [
            heading(.headingSources, in: context),
            .list(
                verdict.sources.map { source in
                    HTML("span", [.code(source.country), " ", HTML(context.text(source.message))])
                }),
            HTML(
                "p",
                [
                    HTML(
                        context.text(
                            Message(
                                .knowledgeDigest,
                                [
                                    "digest": .text(
                                        String(verdict.knowledgeDigest.description.prefix(16)))
                                ]))), " ",
                    HTML(
                        context.text(
                            Message(.knowledgeWhen, ["time": .time(verdict.asked)]))),
                ]),
            HTML("p", [HTML("strong", [HTML(context.text(.pageNoCharge))])]),
            HTML("p", [.link(context.href(.check), [HTML(context.text(.askAgain))])]),
        ]
        return Page(
            title: context.text(.pageCheck), main: main, document: verdict.document,
            isPrivate: true)
    }

    private static func heading(_ key: MessageKey, in context: PageContext) -> HTML {
        HTML("h2", [HTML(context.text(key))])
    }

    /// Green is for what can be used as it is; what could not be determined never is.
    private static func tone(of word: Verdict.Word) -> String {
        switch word {
        case .authentic: "good"
        case .worth(let word): tone(of: word)
        }
    }

    private static func checks(_ checks: [Check], in context: PageContext) -> HTML {
        HTML(
            "ul", ["class": "checks"],
            checks.map { check in
                let (tone, key): (String, MessageKey) =
                    switch check.outcome {
                    case .passed: ("good", .askPassed)
                    case .undetermined: ("mid", .askUndetermined)
                    case .failed: ("bad", .askFailed)
                    }
                return HTML(
                    "li",
                    [
                        Mark.inline(tone),
                        HTML(
                            "div",
                            [
                                HTML("b", [HTML(context.text(.step(check.step)))]),
                                Mark.tag(context.text(key), tone), " ",
                                HTML(context.text(check.detail)), " ",
                                check.outcome.reason.map { .code($0.rawValue) } ?? "",
                            ]),
                    ])
            })
    }

    private static func facts(
        _ verdict: Verdict, in context: PageContext
    ) -> [(String, [HTML])] {
        var facts: [(String, [HTML])] = []
        func add(_ key: MessageKey, _ message: Message) {
            facts.append((context.text(key), [HTML(context.text(message))]))
        }
        let notShown = Message.Argument.message(.subjectNotShown)
        if let subject = verdict.subject {
            facts.append(
                (
                    context.text(.labelCertificate),
                    [
                        .name(subject.qualificationTitle ?? context.text(.subjectTitleUnknown)),
                        " ", .code("\(subject.qualification), \(subject.version)"),
                    ]
                ))
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
                add(
                    .labelCurrent,
                    Message(
                        until < verdict.asked.day ? .subjectUntilLapsed : .subjectUntil,
                        ["date": .date(until)]))
            }
            if subject.archive != nil { add(.labelKind, Message(.subjectArchive)) }
            add(
                .stepHolder,
                Message(
                    .subjectHolder,
                    [
                        "name": subject.name.map(Message.Argument.text) ?? notShown,
                        "year": subject.birthYear.map(Message.Argument.number) ?? notShown,
                    ]))
        }
        if let statement = verdict.statement {
            facts.append(
                (
                    context.text(.labelStatement), [.code("\(statement.kind) \(statement.id)")]
                ))
            add(
                .labelIssued,
                Message(
                    .subjectAwarded,
                    [
                        "date": .date(statement.issued),
                        "body": .text(statement.issuerName ?? statement.issuer),
                        "country": .text(statement.country),
                    ]))
            add(
                .stepHolder,
                Message(
                    .subjectHolder,
                    ["name": .text(statement.name), "year": .number(statement.birthYear)]))
        }
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
        return facts
    }
}
