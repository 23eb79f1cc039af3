import ArgumentParser
import Encoding
import Registrar
import Registry

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
    @OptionGroup var accreditation: AccreditationOptions
    @Option(help: "The site.")
    var site: String?
    @Option(help: "The delegating body's id.")
    var by: String
    @OptionGroup var options: PublishOptions

    func perform() async throws {
        var more: JSONObject = [:]
        more["site"] = site.map(JSONValue.string)
        try await options.publish([accreditation.draft(for: to, by: by, more: more)])
    }
}
