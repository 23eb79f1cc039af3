import ArgumentParser
import Encoding
import Registrar
import Registry
import TransparencyLog

/// What an accreditation says, whoever gives it: an authority to a body, a body to its campus.
struct AccreditationOptions: ParsableArguments {
    @Option(help: "The name that verifiers will show for it.")
    var name: String
    @Option(help: "Its key file; only its public half is published.")
    var of: String
    @Option(help: "A qualification that it may award. Can be repeated.")
    var qualification: [String]
    @Option(help: "The first day.")
    var from: String
    @Option(help: "The last day.")
    var until: String?
    @Flag(help: "It may also confirm awards of the past from its archive.")
    var archive = false

    /// - Parameter more: the members that only one of its givers knows.
    func draft(
        for body: String, by author: String, more: JSONObject = [:]
    ) throws -> ActDraft {
        var act = more
        act["body"] = .string(body)
        act["names"] = ["en": .string(name)]
        act["key"] = .string(try PublicKey.read(of).description)
        act["qualifications"] = .array(qualification.map(JSONValue.string))
        act["from"] = .string(from)
        act["until"] = until.map(JSONValue.string)
        if archive { act["archive"] = true }
        return ActDraft(
            kind: "accreditation", author: author, subjects: [body] + qualification, act: act)
    }
}
