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
