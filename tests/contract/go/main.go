// Event hooks through Okta's SDK for Go, every operation once, for tests that watch what an organisation makes of it.
//
// Organisation and credential come from the environment, as the SDK reads it (OKTA_CLIENT_ORGURL, OKTA_CLIENT_TOKEN,
// OKTA_CLIENT_AUTHORIZATIONMODE and so on); the only argument is the URI of the hook's endpoint. Each step prints a
// line of JSON with what the SDK understood of the answer.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"

	"github.com/okta/okta-sdk-golang/v5/okta"
)

// step is what the SDK understood of one answer.
type step struct {
	Step         string   `json:"step"`
	Code         int      `json:"code"`
	IDs          []string `json:"ids"`
	Name         string   `json:"name"`
	Status       string   `json:"status"`
	Verification string   `json:"verification"`
	Error        string   `json:"error"`
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(uri string) error {
	configuration, err := okta.NewConfiguration(okta.WithCache(false), okta.WithRateLimitMaxRetries(0))
	if err != nil {
		return err
	}
	organisation, err := url.Parse(configuration.Okta.Client.OrgUrl)
	if err != nil {
		return err
	}
	configuration.Host = organisation.Host // the SDK leaves the port out
	ctx, hooks := context.Background(), okta.NewAPIClient(configuration).EventHookAPI

	hook, answer, err := hooks.CreateEventHook(ctx).EventHook(wanted("Created by Go", uri)).Execute()
	if err := tell("create", hook, answer, err); err != nil {
		return err // nothing to go on with
	}
	id := hook.GetId()

	hook, answer, err = hooks.GetEventHook(ctx, id).Execute()
	tell("get", hook, answer, err)
	all, answer, err := hooks.ListEventHooks(ctx).Execute()
	tellAll("list", all, answer, err)
	hook, answer, err = hooks.ReplaceEventHook(ctx, id).EventHook(wanted("Replaced by Go", uri)).Execute()
	tell("replace", hook, answer, err)
	hook, answer, err = hooks.VerifyEventHook(ctx, id).Execute()
	tell("verify", hook, answer, err)
	answer, err = hooks.DeleteEventHook(ctx, id).Execute()
	tell("delete while active", nil, answer, err)
	hook, answer, err = hooks.DeactivateEventHook(ctx, id).Execute()
	tell("deactivate", hook, answer, err)
	hook, answer, err = hooks.ActivateEventHook(ctx, id).Execute()
	tell("activate", hook, answer, err)
	hook, answer, err = hooks.DeactivateEventHook(ctx, id).Execute()
	tell("deactivate again", hook, answer, err)
	answer, err = hooks.DeleteEventHook(ctx, id).Execute()
	tell("delete", nil, answer, err)
	hook, answer, err = hooks.GetEventHook(ctx, id).Execute()
	tell("get what is gone", hook, answer, err)
	return nil
}

// wanted is a hook with a secret, a header of its own and a filter.
func wanted(name, uri string) okta.EventHook {
	secret := okta.NewEventHookChannelConfigAuthScheme()
	secret.SetType("HEADER")
	secret.SetKey("Authorization")
	secret.SetValue("a secret of Go's")
	header := okta.NewEventHookChannelConfigHeader()
	header.SetKey("X-Made-By")
	header.SetValue("Go")
	config := okta.NewEventHookChannelConfig(uri)
	config.SetAuthScheme(*secret)
	config.SetHeaders([]okta.EventHookChannelConfigHeader{*header})

	condition := okta.NewEventHookFilterMapObjectCondition()
	condition.SetExpression("event.target.?[type eq 'User'].size() > 0")
	filter := okta.NewEventHookFilterMapObject()
	filter.SetEvent("user.session.start")
	filter.SetCondition(*condition)
	filters := okta.NewEventHookFilters()
	filters.SetEventFilterMap([]okta.EventHookFilterMapObject{*filter})
	events := okta.NewEventSubscriptions([]string{"user.session.start", "user.account.lock"}, "EVENT_TYPE")
	events.SetFilter(*filters)

	return *okta.NewEventHook(*okta.NewEventHookChannel(*config, "HTTP", "1.0.0"), *events, name)
}

func tell(name string, hook *okta.EventHook, answer *okta.APIResponse, err error) error {
	told := step{Step: name, Code: code(answer), IDs: []string{}, Error: text(err)}
	if hook != nil && err == nil {
		told.IDs = append(told.IDs, hook.GetId())
		told.Name, told.Status, told.Verification = hook.GetName(), hook.GetStatus(), hook.GetVerificationStatus()
	}
	write(told)
	return err
}

func tellAll(name string, hooks []okta.EventHook, answer *okta.APIResponse, err error) {
	told := step{Step: name, Code: code(answer), IDs: []string{}, Error: text(err)}
	for _, hook := range hooks {
		told.IDs = append(told.IDs, hook.GetId())
	}
	write(told)
}

func write(told step) {
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		panic(err)
	}
}

func code(answer *okta.APIResponse) int {
	if answer == nil || answer.Response == nil {
		return 0
	}
	return answer.StatusCode
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
