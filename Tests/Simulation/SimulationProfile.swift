/// What may go wrong in a schedule.
public struct SimulationProfile: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    public var countries = 5
    public var steps = 450
    /// Out of a hundred messages, those that are lost.
    public var loss = 10
    /// Out of a thousand steps, those after which a node crashes.
    public var crashes = 10
    public var partitions = true
    /// Whether disks are restored from backups, without and with the life mark's file.
    public var restores = false
    /// Whether one node runs twice.
    public var clones = false
    /// Whether one country signs two histories, cosigns everything and lies about its memory.
    public var traitor = false
    public var haveBuddies = true
    /// Whether one witness's clock shows any time of twenty years.
    public var wrongClocks = false
    /// Whether the forked log goes on as its next generation, once all can be reached again.
    public var succeeds = false
    /// A program that trusts every disk and asks nobody: it must be caught.
    public var isCareless = false

    public init(_ name: String) { self.name = name }

    public var description: String { name }

    public static let calm: SimulationProfile = {
        var profile = SimulationProfile("a calm network")
        (profile.loss, profile.crashes, profile.partitions) = (0, 0, false)
        return profile
    }()
    public static let faulty = SimulationProfile("loss, delay, partitions, crashes")
    public static let restored: SimulationProfile = {
        var profile = SimulationProfile("restored disks")
        (profile.restores, profile.crashes) = (true, 3)
        return profile
    }()
    public static let cloned: SimulationProfile = {
        var profile = SimulationProfile("two copies of one node")
        (profile.clones, profile.crashes) = (true, 3)
        return profile
    }()
    public static let betrayed: SimulationProfile = {
        var profile = SimulationProfile("a log that forks and a witness that lies")
        (profile.traitor, profile.haveBuddies) = (true, false)
        return profile
    }()

    public static let mistimed: SimulationProfile = {
        var profile = SimulationProfile("a witness with a wrong clock")
        (profile.wrongClocks, profile.crashes) = (true, 3)
        return profile
    }()
    public static let succeeded: SimulationProfile = {
        var profile = SimulationProfile("a successor after a fork")
        (profile.traitor, profile.haveBuddies, profile.succeeds) = (true, false, true)
        return profile
    }()

    /// What would happen without life marks, buddies and questions.
    public static let careless: SimulationProfile = {
        var profile = SimulationProfile("a program that trusts every disk")
        (profile.restores, profile.isCareless, profile.haveBuddies) = (true, true, false)
        (profile.countries, profile.crashes) = (3, 3)
        return profile
    }()

    public static let all = [
        calm, faulty, restored, cloned, betrayed, mistimed, succeeded,
    ]
}
