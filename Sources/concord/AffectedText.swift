import Language
import Recognition
import Registrar
import Registry
import Verification

/// What `concord affected` says to people, in the reader's language.
struct AffectedText {
    let event: AffectedDesk.Event
    let grounds: [AffectedDesk.Ground]
    let decisions: AffectedDesk.Decisions
    let catalogue: Catalogue

    var text: String {
        let consequences = decisions.consequences
        let isNothing = grounds.isEmpty && consequences.items.isEmpty
        var messages = [heading]
        messages += grounds.map(ground)
        messages += consequences.items.map(decision)
        messages += consequences.open.map(open)
        messages.append(.message(isNothing ? .affectedNone : .affectedReview))
        var lines = messages.map(catalogue.text(of:))
        lines.insert(
            "\(catalogue.text(.labelReason)): \(catalogue.isolated(event.event.reason))", at: 1)
        return (catalogue.notices + lines).joined(separator: "\n") + "\n"
    }

    private func place(_ index: UInt64, _ origin: String) -> Message.Argument {
        .message(Message(.placeEntry, ["entry": .number(index), "origin": .text(origin)]))
    }

    private var heading: Message.Argument {
        let target = event.event.target
        let key: MessageKey =
            switch event.event.kind {
            case .suspend: .affectedSuspend
            case .reinstate: .affectedReinstate
            case .void, .compromise: .affectedVoid
            }
        let parts: [Message.Argument?] = [
            .message(Message(key, ["body": .text(target.subject)])),
            target.site.map { .message(Message(.affectedSite, ["site": .text($0)])) },
            target.from.map { .message(Message(.qualifierFrom, ["date": .date($0)])) },
            target.until.map { .message(Message(.qualifierUntil, ["date": .date($0)])) },
            place(event.index, event.origin),
        ]
        return .list(parts.compactMap { $0 }, .comma)
    }

    private func ground(_ ground: AffectedDesk.Ground) -> Message.Argument {
        let kind: MessageKey = ground.kind == "instrument" ? .groundInstrument : .groundEquivalence
        return .message(
            Message(
                .affectedGround,
                [
                    "ground": .message(kind), "place": place(ground.index, ground.origin),
                    "authority": .text(ground.author),
                    "names": .list(ground.qualifications.map { .text($0) }, .comma),
                ]))
    }

    private func decision(_ item: Consequences.Item) -> Message.Argument {
        let decision = item.decision
        let cause =
            switch item.cause {
            case .selected: Message(.affectedSelected)
            case .use(let body): Message(.affectedUse, ["body": .text(body)])
            case .document(let id): Message(.affectedDocument, ["id": .text(id)])
            case .decision(let id): Message(.affectedChained, ["id": .text(id)])
            }
        let sentence = Message.Argument.message(
            Message(
                .affectedDecision,
                [
                    "id": .text(decision.id), "authority": .text(decision.authorship.author ?? "?"),
                    "date": .date(decision.decided), "cause": .message(cause),
                ]))
        guard let record = decisions.records[decision.id] else { return sentence }
        let name = Message(.affectedRecord, ["id": .text("\(record)")])
        return .list([sentence, .message(name)], .comma)
    }

    private func open(_ item: Consequences.Open) -> Message.Argument {
        .message(
            Message(
                .affectedOpen,
                [
                    "id": .text(item.decision.id),
                    "ids": .list(item.ids.map { .text($0) }, .comma), "option": .text("--with"),
                ]))
    }
}
