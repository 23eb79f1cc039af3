import ArgumentParser
import Encoding
import Registrar
import Registry
import Storage

/// `concord publish renew`: a mandate or accreditation that ends is given once more.
struct PublishRenewCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Give a mandate or accreditation that ends once more, as it stands.",
        discussion: """
            The new act begins on the day after the end of the other one and says the same, its
            keys, certificate roots and names included. concord doctor names what ends.
              concord publish renew 31 --until 2028-12-31 --key tesda.key --node ./ph
            """)

    @Argument(help: "The entry of the node's log that holds the act.")
    var entry: UInt64

    @Option(help: "The new last day; default: as many days as before.")
    var until: String?

    @OptionGroup var options: PublishOptions

    func validate() throws {
        guard let until else { return }
        guard CalendarDate(parsing: until) != nil else {
            throw ValidationError("expected a day written YYYY-MM-DD at --until, found \(until)")
        }
    }

    func perform() async throws {
        let office = try options.office()
        let origin = office.card.pin.origin
        let index = entry
        let stored = try office.database.read { snapshot throws(StorageError) in
            let size = try snapshot.log(origin)?.size ?? 0
            return index < size ? try snapshot.entries(origin, index..<(index + 1)).first : nil
        }
        guard let stored else {
            throw CommandFailure(
                .inputMissing,
                "expected an entry \(entry) of \(origin), found none; concord log show lists them")
        }
        let last = until.flatMap(CalendarDate.init(parsing:))
        guard let act = try? RegistryEntry(parsing: stored.bytes),
            let renewal = ActRenewal(of: act, until: last)
        else {
            throw CommandFailure(
                .notWhatItClaims,
                "expected a mandate or an accreditation with a last day at entry \(entry), found "
                    + "another act or one without an end; concord log show \(entry) shows it")
        }
        try await options.publish([renewal.draft])
    }
}
