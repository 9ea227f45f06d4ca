package catalog

// each returns a call like template for each of the methods or functions named, which owner,
// a type or package, declares.
func each(template Call, owner string, names ...string) []Call {
	rows := make([]Call, len(names))
	for i, name := range names {
		rows[i] = template
		rows[i].Name = owner + "." + name
	}
	return rows
}

// concat joins the rows of several types.
func concat(rows ...[]Call) []Call {
	var all []Call
	for _, r := range rows {
		all = append(all, r...)
	}
	return all
}

// instead returns a call without a context for each pair of names: the call, and what to call
// instead.
func instead(owner string, pairs ...string) []Call {
	var rows []Call
	for i := 0; i < len(pairs); i += 2 {
		rows = append(rows, Call{
			Name: owner + "." + pairs[i], Kind: Query, Once: true,
			Advice: "use " + pairs[i+1] + ", with a context from context.WithTimeout",
		})
	}
	return rows
}
