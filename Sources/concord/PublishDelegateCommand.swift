import ArgumentParser
import Encoding
import Registrar
import Registry
import TransparencyLog

/// `concord publish delegate`: a body accredits its campus, within its own scope.
struct PublishDelegateCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "delegate",
        abstract: "Let a campus award, within the body's own scope and never wider.",
        discussion: """
            The body's accreditation must let it delegate. The campus gets a key of its own; what
            it may award ends with the body's accreditation, and it delegates to nobody.
              concord publish delegate --to ph.centre-davao --name "Campus Davao" \\
                --of davao.key --qualification ph.smaw-nc2 --site davao --from 2026-01-01 \\
                --until 2027-12-31 --by ph.centre --key centre.key --node ./ph
            """)

    @Option(help: "The campus's id.")
    var to: String
    @Option(help: "The name that verifiers will show for it.")
    var name: String
    @Option(help: "The campus's key file; only its public half is published.")
    var of: String
    @Option(help: "A qualification of the body's own. Can be repeated.")
    var qualification: [String]
    @Option(help: "The site.")
    var site: String?
    @Option(help: "The first day.")
    var from: String
    @Option(help: "The last day.")
    var until: String?
    @Flag(help: "It may also confirm awards of the past from its archive.")
    var archive = false
    @Option(help: "The delegating body's id.")
    var by: String
    @OptionGroup var options: PublishOptions

    func perform() async throws {
        let key = try PublicKey.read(of)
        var act: JSONObject = [
            "body": .string(to), "names": ["en": .string(name)],
            "key": .string(key.description),
            "qualifications": .array(qualification.map(JSONValue.string)), "from": .string(from),
        ]
        act["site"] = site.map(JSONValue.string)
        act["until"] = until.map(JSONValue.string)
        if archive { act["archive"] = true }
        try await options.publish([
            ActDraft(kind: "accreditation", author: by, subjects: [to] + qualification, act: act)
        ])
    }
}
