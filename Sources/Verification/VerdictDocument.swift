import Cryptography
public import Encoding
import Language
import Recognition
import Registry

extension Verdict {
    /// The verdict for machines: `Protocol/verification.md § JSON`, version 1.
    public var document: JSONValue {
        var object: JSONObject = [
            "version": 1, "word": .string(word.text), "meaning": .string(meaning.description),
            "exitCode": .integer(Int64(exitCode)),
            "sample": .bool(isSample), "asked": .string(asked.description),
        ]
        var asked: JSONObject = [:]
        asked["destination"] = question.destination.map(JSONValue.string)
        asked["purpose"] = question.purpose.map { .string($0.rawValue) }
        asked["date"] = question.day.map { .string($0.description) }
        if !question.target.values.isEmpty {
            var target = JSONObject()
            for (name, value) in question.target.values.sorted(by: { $0.key < $1.key }) {
                target[name] = .string(value)
            }
            asked["target"] = .object(target)
        }
        object["question"] = .object(asked)
        object["subject"] = subject.map { .object(Verdict.members(of: $0)) }
        object["statement"] = statement.map { .object(Verdict.members(of: $0)) }
        if !requested.isEmpty {
            object["requested"] = .array(requested.map { .object($0.members) })
        }
        object["checks"] = .array(checks.map { .object(Verdict.members(of: $0)) })
        if !supporting.isEmpty {
            object["supporting"] = .array(supporting.map { .object(Verdict.members(of: $0)) })
        }
        object["worth"] = worth.map { .object(members(of: $0)) }
        object["sources"] = .array(sources.map { .object(Verdict.members(of: $0)) })
        object["knowledge"] = .string(knowledgeDigest.hexadecimal)
        let steps = VerdictReport(self).nextSteps
        object["next"] = .array(steps.map { .string($0.description) })
        object["nextCodes"] = .array(steps.map { .string($0.key.rawValue) })
        return .object(object)
    }

    private static func members(of subject: Subject) -> JSONObject {
        var object: JSONObject = [
            "qualification": .string(subject.qualification), "version": .string(subject.version),
            "body": .string(subject.body), "country": .string(subject.country),
            "awarded": .string(subject.awarded.description),
            "archiveConfirmation": .bool(subject.archive != nil),
            "reference": .string(subject.reference),
        ]
        object["archive"] = subject.archive.map(JSONValue.string)
        object["name"] = subject.name.map(JSONValue.string)
        object["birthYear"] = subject.birthYear.map(JSONValue.integer)
        object["title"] = subject.qualificationTitle.map(JSONValue.string)
        object["bodyName"] = subject.bodyName.map(JSONValue.string)
        object["validUntil"] = subject.validUntil.map { .string($0.description) }
        return object
    }

    private static func members(of subject: StatementSubject) -> JSONObject {
        var object: JSONObject = [
            "kind": .string(subject.kind), "id": .string(subject.id),
            "issuer": .string(subject.issuer), "country": .string(subject.country),
            "issued": .string(subject.issued.description), "name": .string(subject.name),
            "birthYear": .integer(subject.birthYear),
        ]
        object["issuerName"] = subject.issuerName.map(JSONValue.string)
        object["formerName"] = subject.formerName.map(JSONValue.string)
        object["statement"] = .object(subject.statement)
        return object
    }

    private static func members(of document: SupportingDocument) -> JSONObject {
        var object: JSONObject = [
            "word": .string(document.word.rawValue), "used": .bool(document.isUsed),
        ]
        object["reason"] = document.reason.map { .string($0.rawValue) }
        object["detail"] = document.worst.map { .string($0.detail.description) }
        object["kind"] = document.kind.map(JSONValue.string)
        object["id"] = document.id.map(JSONValue.string)
        object["issuer"] = document.issuer.map(JSONValue.string)
        object["issuerName"] = document.issuerName.map(JSONValue.string)
        object["country"] = document.country.map(JSONValue.string)
        object["day"] = document.day.map { .string($0.description) }
        object["checks"] = .array(document.checks.map { .object(members(of: $0)) })
        return object
    }

    private static func members(of check: Check) -> JSONObject {
        var object: JSONObject = [
            "check": .string(check.step.rawValue), "outcome": .string(check.outcome.name),
            "detail": .string(check.detail.description),
            "detailCode": .string(check.detail.key.rawValue),
        ]
        object["reason"] = check.outcome.reason.map { .string($0.rawValue) }
        object["reasonText"] = check.outcome.reason.map {
            .string(Message.reason($0).description)
        }
        return object
    }

    private func members(of worth: RecognitionVerdict) -> JSONObject {
        func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
        var object: JSONObject = [
            "word": .string(worth.word.rawValue), "conditions": list(worth.conditions.map(\.id)),
            "scope": list(worth.scope), "missing": list(worth.missing),
            "level": list(worth.level), "notes": list(worth.notes.map(\.code)),
            "rules": list(worth.rules.map(\.rawValue)), "ask": list(worth.ask),
            "steps": list(worth.nextSteps.map(\.code)),
        ]
        object["openConditions"] = .array(worth.conditions.map { .object(members(of: $0)) })
        object["grounds"] = .array(worth.grounds.map { .object(members(of: $0)) })
        object["reason"] = worth.reason.map { .string($0.code) }
        object["until"] = worth.until.map { .string($0.description) }
        object["framework"] = worth.framework.map(JSONValue.string)
        object["alternative"] = worth.alternative.map(JSONValue.string)
        object["text"] = .object(sentences(of: worth))
        return object
    }

    /// In English, each list in the order of its codes.
    private func sentences(of worth: RecognitionVerdict) -> JSONObject {
        let sentences = WorthSentences(worth, names: worthNames)
        func list(_ messages: [Message]) -> JSONValue {
            .array(messages.map { .string($0.description) })
        }
        var object: JSONObject = [
            "meaning": .string(Message.meaning(worth.word).description),
            "conditions": list(worth.conditions.map(sentences.condition)),
            "notes": list(worth.notes.map(sentences.note)),
            "others": list(worth.others.map(sentences.other)),
            "steps": list(WorthSteps(worth, names: worthNames).stated),
        ]
        object["reason"] = sentences.reason.map { .string($0.description) }
        return object
    }

    private func members(of condition: OpenCondition) -> JSONObject {
        var object: JSONObject = [
            "id": .string(condition.id), "stage": .string(condition.stage.rawValue),
        ]
        object["deadline"] = condition.deadline.map { .string($0.description) }
        return object
    }

    private func members(of ground: RecognitionVerdict.Ground) -> JSONObject {
        var object: JSONObject = [
            "act": .string(ground.id), "kind": .string(ground.kind.rawValue),
        ]
        object["origin"] = places[ground.id].map { .string($0.origin) }
        object["index"] = places[ground.id].map { .integer(Int64($0.index)) }
        object["since"] = ground.since.map { .string($0.description) }
        object["until"] = ground.until.map { .string($0.description) }
        object["by"] = ground.author.map(JSONValue.string)
        object["basis"] = ground.basis.map(JSONValue.string)
        return object
    }

    private static func members(of source: Source) -> JSONObject {
        var object: JSONObject = [
            "country": .string(source.country), "origin": .string(source.origin),
            "size": .integer(Int64(source.size)),
        ]
        object["quorumTime"] = source.quorumTime.map { .string($0.description) }
        object["age"] = source.age.map(JSONValue.integer)
        return object
    }
}
