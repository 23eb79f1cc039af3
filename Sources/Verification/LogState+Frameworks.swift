import Registry

extension LogState {
    /// The names of the frameworks that stand in the log, by id.
    var frameworkNames: [String: String] {
        var names: [String: String] = [:]
        for standing in acts where standing.isMandated && standing.end == nil {
            guard case .framework(let act) = standing.act else { continue }
            names[act.id] = act.names.text(in: [])
        }
        return names
    }

    /// The country's framework; nil where it registered none, or several of which nobody said
    /// which is meant.
    var ownFramework: String? {
        let names = frameworkNames
        return names.count == 1 ? names.keys.first : nil
    }
}
