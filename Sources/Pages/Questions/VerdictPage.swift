internal import Cryptography
internal import Encoding
internal import Language
internal import Recognition
public import Verification

extension Page {
    /// Verdicts as the command line gives them: the word, the seven checks, the worth, what to do
    /// next, and where it all comes from, with its age.
    ///
    /// They are final when the page is made: nothing on it is painted before.
    ///
    /// - Parameters:
    ///   - verdicts: one for each certificate that was handed over.
    ///   - atlas: the acts that have a page here.
    public static func verdicts(
        _ verdicts: [Verdict], _ atlas: Atlas, in context: PageContext
    ) -> Page {
        Page(
            title: context.text(.pageCheck),
            main: verdicts.flatMap { sections(of: $0, atlas, in: context) } + [
                HTML("p", [HTML("strong", [HTML(context.text(.pageNoCharge))])]),
                HTML("p", [.link(context.href(.check), [HTML(context.text(.askAgain))])]),
            ],
            document: verdicts.count == 1
                ? verdicts[0].document
                : ["version": 1, "verdicts": .array(verdicts.map(\.document))],
            isPrivate: true,
            outcome: verdicts.map { context.text($0.word.message) }.joined(separator: ", "))
    }

    private static func sections(
        of verdict: Verdict, _ atlas: Atlas, in context: PageContext
    ) -> [HTML] {
        let acts = CitedActs(atlas, by: verdict.subject, in: context)
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
            .list(VerdictReport(verdict).nextSteps.map { HTML("span", acts.html($0)) }),
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
            checks(verdict.checks, acts, in: context),
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
            main.append(checks(document.checks, acts, in: context))
        }
        if let worth = verdict.worth {
            main.append(
                HTML("h2", [HTML(context.text(.step(.worth)))]))
            main.append(WorthDetails(worth, verdict.worthNames, atlas, in: context).full)
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
        ]
        return main
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

    private static func checks(
        _ checks: [Check], _ acts: CitedActs, in context: PageContext
    ) -> HTML {
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
                            ] + acts.html(check.detail) + [
                                " ", check.outcome.reason.map { .code($0.rawValue) } ?? "",
                            ]),
                    ])
            })
    }

    private static func facts(
        _ verdict: Verdict, in context: PageContext
    ) -> [(String, [HTML])] {
        SubjectFact.all(of: verdict).map { fact in
            (context.text(fact.label), fact.values.map { HTML("div", [html(of: $0, in: context)]) })
        }
    }

    private static func html(of value: SubjectFact.Value, in context: PageContext) -> HTML {
        switch value {
        case .message(let message): HTML(context.text(message))
        case .name(let name): .name(name)
        case .id(let id): .code(id)
        }
    }
}
